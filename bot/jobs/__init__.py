"""Jobs: who runs the steps an article goes through."""
