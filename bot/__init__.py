"""A scripted, confidential guide for people targeted by sexual deepfakes. The map, in the path of a press:

channels/    a press comes in and a screen goes out: telegram, web, terminal; none knows another
sealing      the token of a button <-> the session in it; keys that die on time
core/        the answers of a session -> the screen; pure: no clock, no files, no channel's name
flowfiles/   flows/*.yaml -> the guide, with every mistake named; used at start and by authors
cli/         the command line, the only place that wires these together
settings     what the environment says        logs   what may be written down
"""
