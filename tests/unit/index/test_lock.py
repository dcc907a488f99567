"""The writer's lock: one at a time, named at once, gone with its process."""

import os
import signal
import socket
import subprocess
import sys
import textwrap

import pytest

from dateline.index.errors import CorpusLocked, StorageError
from dateline.index.lock import WriterLock, lock_owner


def test_lock_second_writer_is_told_pid_host_and_since(tmp_path):
    with (
        WriterLock(tmp_path),
        pytest.raises(CorpusLocked, match=rf"process {os.getpid()} on {socket.gethostname()}, since 2"),
    ):
        WriterLock(tmp_path)


def test_lock_released_lets_the_next_in(tmp_path):
    lock = WriterLock(tmp_path)
    assert lock_owner(tmp_path).pid == os.getpid()
    lock.release()
    lock.release()
    assert lock_owner(tmp_path) is None
    WriterLock(tmp_path).release()


def test_lock_owner_that_did_not_say_is_still_an_owner_for_the_next(tmp_path):
    with WriterLock(tmp_path):
        (tmp_path / "writer.json").write_text("{")
        with pytest.raises(CorpusLocked, match="another process"):
            WriterLock(tmp_path)


def test_lock_left_by_a_killed_process_is_no_obstacle(tmp_path):
    code = """
        import sys, time
        from pathlib import Path
        from dateline.index.lock import WriterLock
        lock = WriterLock(Path(sys.argv[1]))
        print("held", flush=True)
        time.sleep(60)
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(CorpusLocked, match=f"process {other.pid} "):
            WriterLock(tmp_path)
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert lock_owner(tmp_path) is None
    with WriterLock(tmp_path):
        assert lock_owner(tmp_path).pid == os.getpid()


def test_lock_folder_that_cannot_be_written_says_so(tmp_path, monkeypatch):
    def refuse(_path):
        raise PermissionError("Permission denied")

    monkeypatch.setattr("dateline.index.lock._write_owner", refuse)
    with pytest.raises(StorageError, match=r"cannot be written: Permission denied.*read-only"):
        WriterLock(tmp_path)
    monkeypatch.undo()
    WriterLock(tmp_path).release()
