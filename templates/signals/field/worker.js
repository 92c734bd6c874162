const SHELL = {{ shell|safe }};
