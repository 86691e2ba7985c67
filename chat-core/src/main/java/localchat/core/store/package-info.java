/// What a client keeps on its disk: the outbox and the cache, each one SQLite file. The only place
/// in this module that speaks JDBC. A file belongs to one thread at a time, which must be a
/// platform thread in a program that must not stand still: SQLite waits for the disk in native
/// code. Knows rows, not their meaning; imports `core.model`.
package localchat.core.store;
