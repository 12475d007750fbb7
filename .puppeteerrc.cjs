// Chromium comes from the operating system's packages; puppeteer must not try to download its own.
module.exports = { skipDownload: true, executablePath: process.env.PUPPETEER_EXECUTABLE_PATH ?? '/usr/bin/chromium' };
