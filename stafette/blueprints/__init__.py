"""The room blueprints."""
