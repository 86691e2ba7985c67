/// The packaged server in a process of its own, under load, while disk, network, clock and process
/// are made to fail; afterwards [localchat.server.oracle] judges. Which case is which, how often it
/// was run and how to run it: `.github/RELIABILITY.md`.
@NullMarked
package localchat.server.torture;

import org.jspecify.annotations.NullMarked;
