"""The canary proof: a word and a number that nobody else has go in everywhere, and must come out nowhere.

`needles` makes them and finds them, `telegram_inputs` and `web_inputs` say where they go in, `server` is a Bot
API that fails and echoes. `running` starts the real program, `driver` runs it where its memory is to be
searched, `walking` searches it, `faults` make it fail. `proof` puts the runs together, `sabotages` and
`sabotaging` take the filters out one by one, and `conftest` does all of it once.
"""
