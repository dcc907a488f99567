"""Gradio, imported in the one way that keeps it quiet: its telemetry is read from the environment as it is imported."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr
from gradio.events import api

__all__ = ["api", "gr"]
