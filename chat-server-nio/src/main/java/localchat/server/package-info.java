/// The program: its command line, its settings, and [localchat.server.ChatServer], the only class
/// that creates the parts and wires them.
package localchat.server;
