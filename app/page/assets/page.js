// What the page does without asking the server: follow citations, step through them, keep conversations.
window.dateline = (() => {
  const STORE = "dateline:conversation:", CURRENT = "dateline:current", MAX_KEPT = 50;
  const triggers = {};
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const byId = (id) => document.getElementById(id);

  // Every live component: buttons with data-do trigger the event of that name; some have more to do when they change.
  const wire = (element, id, trigger, watch, names) => {
    triggers[id] = trigger;
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (!button || !names.includes(button.dataset.do)) return;
      event.preventDefault();
      const { do: name, confirm: sure, collect, ...detail } = button.dataset;
      if (collect !== undefined) detail.ids = [...element.querySelectorAll("input:checked")].map((box) => box.value).join("\n");
      const n = (detail.ids || "").split("\n").filter(Boolean).length;
      if (collect !== undefined && !n) return;
      if (sure && !confirm(sure.replace("{n}", n))) return;
      if (name === "moment") told(element, detail.number);
      trigger(name, detail);
    });
    const changed = { evidence: evidenceChanged, "words-of": opensAt, beside: opensAt, "inspected-article": opensAt, opened: opensAt,
      pending: keepInView, conversation: keepInView, shelf: showShelf }[id];
    look();
    if (changed) {
      watch("value", changed);
      changed();
    }
  };

  // An article beside something else: its marked words are brought into view.
  function opensAt() {
    for (const id of ["words-of", "beside", "inspected-article", "opened"]) {
      const place = byId(id);
      if (!place || !place.offsetParent || !place.querySelector(".dl-source")) continue;
      place.scrollIntoView({ block: "nearest" });
      scrollTo(place.querySelector(".dl-whole mark"));
    }
  }

  function told(element, number) {
    for (const other of element.querySelectorAll(".dl-here")) other.classList.remove("dl-here");
    const item = document.getElementById(`moment-${number}`);
    if (item) item.classList.add("dl-here");
    const dot = element.querySelector(`.dl-dot[data-number="${number}"]`);
    if (dot) dot.classList.add("dl-here");
  }

  // Evidence: which citation is being looked at, and in which of the two views.
  let at = null;
  const panel = () => document.querySelector("#evidence .dl-evidence");
  const quotes = () => [...document.querySelectorAll("#evidence .dl-quote")];

  function evidenceChanged() {
    at = null;
    const shown = panel();
    if (!shown) return;
    tell();
    if (shown.dataset.follow) follow(shown.dataset.follow);
    else if (shown.dataset.view === "article") scrollTo(shown.querySelector(".dl-whole mark"));
  }

  function tell() {
    const all = quotes(), label = document.querySelector("#evidence .dl-at");
    if (!label) return;
    const place = all.findIndex((quote) => quote.dataset.number === at);
    label.textContent = place < 0 ? `${all.length} quote${all.length === 1 ? "" : "s"}` : `${place + 1} of ${all.length}`;
    for (const button of document.querySelectorAll("#evidence [data-show]"))
      button.setAttribute("aria-pressed", String(button.dataset.show === panel().dataset.view));
  }

  // Into the middle of what scrolls around it; only where nothing does, the whole page moves.
  function scrollTo(target) {
    if (!target) return;
    const pane = [target.closest(".dl-whole"), target.closest("#evidence")].find(
      (one) => one && one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY === "auto",
    );
    const behavior = calm() ? "auto" : "smooth";
    if (!pane) return target.scrollIntoView({ behavior, block: "center" });
    const from = target.getBoundingClientRect(), within = pane.getBoundingClientRect();
    pane.scrollTo({ top: pane.scrollTop + from.top - within.top - Math.max(0, (pane.clientHeight - from.height) / 2), behavior });
  }

  function show(view) {
    const shown = panel();
    if (!shown) return;
    shown.dataset.view = view;
    const quote = quotes().find((one) => one.dataset.number === at) || quotes()[0];
    if (quote) {
      for (const source of shown.querySelectorAll(".dl-source"))
        source.classList.toggle("dl-open", source === quote.closest(".dl-source"));
      const marks = view === "article" ? marksOf(quote) : [quote];
      scrollTo(marks[0] || quote.closest(".dl-source"));
    }
    tell();
  }

  const marksOf = (quote) =>
    [...quote.closest(".dl-source").querySelectorAll(`.dl-whole mark[data-cite~="${quote.dataset.number}"]`)];

  function follow(number, view = "article") {
    const quote = quotes().find((one) => one.dataset.number === String(number));
    if (!quote) return;
    at = String(number);
    for (const other of document.querySelectorAll(".dl-followed, .dl-here")) other.classList.remove("dl-followed", "dl-here");
    quote.classList.add("dl-followed");
    const marks = marksOf(quote);
    for (const mark of marks) mark.classList.add("dl-here");
    show(marks.length ? view : "quotes");
    const target = panel().dataset.view === "article" ? quote.closest(".dl-source").querySelector(".dl-whole") : quote;
    target.focus({ preventScroll: true });
  }

  function step(by) {
    const all = quotes();
    if (!all.length) return;
    const place = all.findIndex((quote) => quote.dataset.number === at);
    const next = place < 0 ? (by > 0 ? 0 : all.length - 1) : (place + by + all.length) % all.length;
    follow(all[next].dataset.number, panel().dataset.view);
  }

  function cited(link) {
    const { turn, number } = link.dataset;
    const section = document.querySelector(`#evidence .dl-turn-evidence[data-turn="${turn}"]`);
    if (section) follow(number);
    else triggers.conversation("show", { turn, number });
  }

  // Back from a quote to where it is cited.
  function citing() {
    const section = document.querySelector("#evidence .dl-turn-evidence");
    return at && section && document.querySelector(`#turn-${section.dataset.turn} .dl-cite[data-number="${at}"]`);
  }

  function back() {
    const target = citing() || document.querySelector("#question textarea");
    if (target) target.focus();
  }

  // By hand, on a phone: never to the question, whose keyboard would cover the answer.
  function up() {
    const turns = document.querySelectorAll("#conversation .dl-turn"), link = citing();
    if (link) link.focus();
    else if (turns.length) turns[turns.length - 1].scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  }

  // The newest turn is kept in view while it is being answered, its beginning at the top of the pane.
  let seen = "";
  function keepInView() {
    const turns = document.querySelectorAll("#turns .dl-turn"), newest = turns[turns.length - 1], pane = byId("turns");
    const now = newest ? `${turns.length} ${newest.className}` : "";
    if (newest && pane && (now !== seen || newest.classList.contains("dl-pending"))) bringUp(newest, pane);
    seen = now;
  }

  function bringUp(newest, pane) {
    if (pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY === "auto")
      pane.scrollTop += newest.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    else newest.scrollIntoView({ block: "nearest" });
  }

  const pending = () => {
    const question = document.querySelector(".dl-pending .dl-question bdi");
    return question ? question.textContent : "";
  };

  // Conversations: each under a key of its own, so that two tabs never write over each other's.
  const id = () => {
    if (!sessionStorage.getItem(CURRENT)) renew();
    return sessionStorage.getItem(CURRENT);
  };
  const renew = () => {
    sessionStorage.setItem(CURRENT, `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`);
    showShelf();
    return current();
  };
  const load = (key) => {
    try {
      return JSON.parse(localStorage.getItem(STORE + key));
    } catch {
      return null;
    }
  };
  const kept = () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(STORE))
      .map((key) => ({ key: key.slice(STORE.length), ...(load(key.slice(STORE.length)) || {}) }))
      .filter((one) => one.record)
      .sort((a, b) => b.saved - a.saved);
  // A record names its conversation, so that an answer that comes late is kept where it was asked.
  const current = () => (load(id()) || {}).record || JSON.stringify({ schema: 1, key: id(), turns: [] });
  const put = (key, conversation) => {
    for (const old of kept().slice(MAX_KEPT)) localStorage.removeItem(STORE + old.key);
    for (;;) {
      try {
        localStorage.setItem(STORE + key, JSON.stringify(conversation));
        return;
      } catch {
        // The browser's room is used up: the oldest other conversation goes.
        const oldest = kept().filter((one) => one.key !== key).pop();
        if (!oldest) return;
        localStorage.removeItem(STORE + oldest.key);
      }
    }
  };
  const keep = (record) => {
    if (!record) return;
    const { key, turns } = JSON.parse(record);
    if (!key) return;
    const title = (load(key) || {}).title || turns[0].question;
    put(key, { title, record, saved: Date.now() });
    showShelf();
  };

  const make = (tag, kind, words) => {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    if (words) element.textContent = words;
    return element;
  };
  const button = (words, label, done) => {
    const element = make("button", "dl-act", words);
    element.type = "button";
    if (label) element.setAttribute("aria-label", label);
    element.addEventListener("click", done);
    return element;
  };

  function showShelf() {
    const place = document.querySelector("#shelf .dl-shelf-place") || byId("shelf");
    const naming = place && place.querySelector(".dl-shelf li:has(input)");
    // Whoever is writing a name there is not to lose it because an answer came in.
    if (!place || (naming && naming.contains(document.activeElement))) return;
    const all = kept(), open = place.querySelector("details")?.open;
    const shelf = make("details", "dl-shelf");
    shelf.open = Boolean(open);
    const title = (all.find((one) => one.key === id()) || {}).title;
    const head = make("summary");
    head.append(make("span", "dl-shelf-title", title || "Conversations"), make("span", "dl-count", all.length ? `${all.length} kept` : ""));
    const list = make("ul");
    for (const one of all) list.append(shelfRow(one));
    if (!all.length) list.append(make("li", "dl-meta", "Conversations are kept in this browser, nowhere else."));
    shelf.append(head, list);
    let host = place.querySelector(".dl-shelf-host");
    if (!host) {
      host = make("div", "dl-shelf-host");
      (place.querySelector(".html-container .prose") || place.querySelector(".prose") || place).append(host);
    }
    host.replaceChildren(shelf);
  }

  function shelfRow(one) {
    const row = make("li", one.key === id() ? "dl-current" : "");
    const open = button(one.title, "", () => {
      sessionStorage.setItem(CURRENT, one.key);
      document.querySelector("#shelf details").open = false;
      showShelf();
      triggers.shelf("open", {});
    });
    open.classList.add("dl-title");
    const acts = make("span", "dl-acts");
    acts.append(
      button("Rename", `Rename “${one.title}”`, () => rename(row, one)),
      button("Delete", `Delete “${one.title}”`, () => {
        if (!confirm(`Delete the conversation “${one.title}” from this browser?`)) return;
        localStorage.removeItem(STORE + one.key);
        if (one.key === id()) document.querySelector("#new").click();
        showShelf();
      }),
    );
    row.append(open, make("time", "dl-date", new Date(one.saved).toLocaleDateString()), acts);
    return row;
  }

  function rename(row, one) {
    const field = make("input");
    field.value = one.title;
    field.maxLength = 200;
    field.setAttribute("aria-label", "Name of the conversation");
    const done = () => {
      const now = load(one.key); // an answer may have come in meanwhile
      if (now && field.value.trim()) put(one.key, { ...now, title: field.value.trim() });
      left();
    };
    const left = () => {
      row.replaceChildren();
      showShelf();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") done();
      if (event.key === "Escape") left();
      event.stopPropagation();
    });
    row.replaceChildren(field, button("Save", "", done));
    field.select();
  }

  // A question that was asked is edited in its place; asking it again drops the turns after it.
  function edit(opener) {
    const head = opener.closest(".dl-asked"), before = [...head.childNodes];
    const area = make("textarea", "dl-edit");
    area.value = opener.dataset.edit;
    area.maxLength = 4000;
    area.setAttribute("aria-label", "Change the question");
    const send = button("Ask this instead", "", () => {});
    Object.assign(send.dataset, { do: "ask", turn: opener.dataset.turn, question: area.value });
    area.addEventListener("input", () => (send.dataset.question = area.value));
    const cancel = button("Cancel", "", () => head.replaceChildren(...before));
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send.click(); }
      if (event.key === "Escape") { event.stopPropagation(); cancel.click(); }
    });
    const acts = make("div", "dl-acts");
    acts.append(send, cancel);
    head.replaceChildren(area, acts);
    area.focus();
  }

  // What is wrong with an answer is written under it.
  function note(opener) {
    const acts = opener.closest(".dl-acts"), area = make("textarea", "dl-edit");
    area.maxLength = 4000;
    area.placeholder = "What is wrong, and what would be right?";
    area.setAttribute("aria-label", area.placeholder);
    const send = button("Save the note", "", () => {});
    Object.assign(send.dataset, { do: "judge", turn: opener.dataset.note, useful: "no", note: "" });
    area.addEventListener("input", () => (send.dataset.note = area.value));
    const cancel = button("Cancel", "", () => row.remove());
    send.addEventListener("click", () => setTimeout(() => row.remove()));
    const row = make("div", "dl-note-row");
    const below = make("div", "dl-acts");
    below.append(send, cancel);
    row.append(area, below);
    acts.after(row);
    opener.disabled = true;
    area.focus();
  }

  // Files that the server has made are saved from here; they never lie on the server.
  const save = (text) => {
    if (!text) return;
    for (const [name, content] of Object.entries(JSON.parse(text).files)) {
      const link = make("a");
      link.href = URL.createObjectURL(new Blob([content], { type: name.endsWith(".json") ? "application/json" : "text/markdown" }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    }
  };

  // Light, dark, or as the system says.
  const LOOK = "dateline:look";
  function look() {
    const chosen = localStorage.getItem(LOOK);
    const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    if (document.body) document.body.classList.toggle("dark", dark);
    for (const one of document.querySelectorAll("[data-look]"))
      one.setAttribute("aria-pressed", String(one.dataset.look === (chosen || "")));
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look);
  addEventListener("storage", (event) => event.key === LOOK && look());

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest && event.target.closest(selector);
    let hit;
    if ((hit = on("a.dl-cite"))) { event.preventDefault(); cited(hit); }
    else if ((hit = on("#evidence [data-step]"))) step(Number(hit.dataset.step));
    else if ((hit = on("#evidence [data-show]"))) show(hit.dataset.show);
    else if (on("#evidence [data-back]")) up();
    else if ((hit = on("#evidence .dl-quote"))) follow(hit.dataset.number);
    else if ((hit = on("[data-edit]"))) edit(hit);
    else if ((hit = on("[data-note]"))) note(hit);
    else if ((hit = on("[data-look]"))) {
      if (hit.dataset.look) localStorage.setItem(LOOK, hit.dataset.look);
      else localStorage.removeItem(LOOK);
      look();
    }
    else if ((hit = on("[data-copy]")))
      navigator.clipboard.writeText(hit.dataset.copy).then(() => (hit.textContent = "Copied"), () => (hit.textContent = "Not allowed"));
  });

  // A question is sent once, however fast Enter or the button is pressed again; no question is not sent at all.
  const AGAIN_MS = 500;
  let sent = { question: "", at: -AGAIN_MS };
  function sendOnce(event) {
    const field = document.querySelector("#question textarea"), question = field ? field.value.trim() : "";
    if (question && (question !== sent.question || event.timeStamp - sent.at > AGAIN_MS))
      sent = { question, at: event.timeStamp };
    else {
      event.preventDefault();
      event.stopPropagation();
    }
  }
  document.addEventListener("click", (event) => event.target.closest("#send") && sendOnce(event), true);
  document.addEventListener("keypress", (event) => {
    if (event.key === "Enter" && !event.shiftKey && event.target.closest("#question textarea")) sendOnce(event);
  }, true);

  // Keys work while nothing is being typed: / to the question, n and p through the quotes, a and q change the view.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (!byId("desk") || !byId("desk").offsetParent) return;
    const does = {
      n: () => step(1), p: () => step(-1), a: () => show("article"), q: () => show("quotes"), Escape: back,
      "/": () => document.querySelector("#question textarea").focus(),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });

  return { wire, current, renew, keep, pending, save, look };
})();
