export function start() {}

export function shown() {}
