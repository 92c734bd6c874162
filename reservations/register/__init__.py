"""The register of associations: who they are, whom of them we know, and how they ask for a room."""
