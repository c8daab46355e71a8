"""The work graph: from script, voice, scenes and physics to finished files."""
