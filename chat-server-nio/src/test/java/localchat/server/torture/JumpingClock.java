package localchat.server.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// The wall clock of a process that is started with it: a small library, loaded before the others,
/// that adds an offset which can be changed at any time. (libfaketime does that too, but a JVM
/// takes a quarter of a minute to start with it.)
final class JumpingClock implements AutoCloseable {
    private static final String SOURCE =
            """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <fcntl.h>
            #include <stdlib.h>
            #include <sys/mman.h>
            #include <time.h>

            static volatile long *seconds;
            static int (*real)(clockid_t, struct timespec *);

            __attribute__((constructor)) static void begin(void) {
                real = dlsym(RTLD_NEXT, "clock_gettime");
                int file = open(getenv("JUMPING_CLOCK"), O_RDONLY);
                seconds = mmap(0, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
            }

            int clock_gettime(clockid_t clock, struct timespec *time) {
                int result = real(clock, time);
                if (clock == CLOCK_REALTIME)
                    time->tv_sec += *seconds;
                return result;
            }
            """;

    private final Path library;
    private final Path offset;
    private final FileChannel file;

    private JumpingClock(Path library, Path offset, FileChannel file) {
        this.library = library;
        this.offset = offset;
        this.file = file;
    }

    /// Makes the library; skips the test where there is no compiler.
    static JumpingClock create(Path folder) throws IOException {
        Shell.assumeRoot("clocks that jump");
        Shell.assumeProgram("gcc", "gcc", "--version");
        Path source = Files.writeString(folder.resolve("clock.c"), SOURCE);
        Path library = folder.resolve("clock.so");
        Shell.run("gcc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString());
        Path offset = folder.resolve("offset");
        JumpingClock clock =
                new JumpingClock(
                        library,
                        offset,
                        FileChannel.open(
                                offset, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        clock.jumpTo(Duration.ZERO);
        return clock;
    }

    /// A server that goes by this clock.
    ServerLaunch on(ServerLaunch launch) {
        return launch.withEnvironment("LD_PRELOAD", library.toString())
                .withEnvironment("JUMPING_CLOCK", offset.toString());
    }

    /// From now on the clock is so far from the right time.
    void jumpTo(Duration away) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        file.write(bytes.putLong(away.toSeconds()).flip(), 0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
