"""Everything that talks with people, and the application itself."""
