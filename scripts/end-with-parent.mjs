// Imported before a tool of others that we start: it ends when its channel to whoever started it closes, as our own
// processes do.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
