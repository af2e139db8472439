"""Events and notices on both engines, with a platform that misbehaves."""
