"""What each `nearby` command does; `bots/cli.py` names them and reads their options."""
