/// What the server counts. A leaf: imports nothing of this project, usable by all. Written by the
/// loop thread alone.
package localchat.server.counters;
