/** Set by our own HTTP server from the socket, over whatever the client sent: rate limits count by it. */
export const clientAddressHeader = 'x-signalbox-client-address';
