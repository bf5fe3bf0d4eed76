"""The canary proof: a word and a number that nobody else has go in everywhere, and must come out nowhere.

`telegram_inputs` and `web_inputs` say what is pushed, `server` is a Bot API that fails and echoes, `running`
starts the real program, `driver` runs inside it where its memory is to be searched, `walking` searches it,
`faults` make it fail, `sabotages` take the filters out one by one, `proof` puts the runs together.
"""
