/// What the server counts. A leaf: of this project it imports the reasons of closing alone, and is
/// usable by all. Written by the loop thread alone.
package localchat.server.counters;
