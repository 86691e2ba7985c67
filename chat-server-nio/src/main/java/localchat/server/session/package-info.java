/// Sessions: what a connection's frames mean. Login, requests, posts. Belongs to the loop thread;
/// imports `core`, `net`, `room`, `counters`, and no channels. The generated classes of the wire
/// stop here.
package localchat.server.session;
