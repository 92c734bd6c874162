"""Forms about people, teams and posts. They offer only what the viewer manages; the models decide."""
