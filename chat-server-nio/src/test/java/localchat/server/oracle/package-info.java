/// Whether a server and its clients kept what they promise, judged afterwards from what each client
/// wrote down and from what the store has: the rules V1 to V6. For simulations in one process and
/// for runs over real ones alike; nothing here knows how the run was made.
@NullMarked
package localchat.server.oracle;

import org.jspecify.annotations.NullMarked;
