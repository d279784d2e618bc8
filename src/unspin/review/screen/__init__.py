"""The reviewer's screen, with Textual: draws states and turns keys and clicks into events.  Nothing is decided here."""
