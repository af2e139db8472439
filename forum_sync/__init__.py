"""One Discourse forum kept in step. Nothing yet: it comes with the forum channel."""
