"""The Gradio page: `build` puts it together; only here is gradio imported."""
