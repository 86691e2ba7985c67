package localchat.server.torture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/// A disk of its own for one test: a file system in a file or in memory, mounted in the test's
/// folder and taken away with it.
@SuppressWarnings("restricted") // The only way to take the power away.
final class TestDisk implements AutoCloseable {
    /// `_IOR('X', 125, __u32)`: shuts a mounted ext4 down; see `fs/ext4/ioctl.c` of Linux.
    private static final long EXT4_IOC_SHUTDOWN = 0x8004587DL;

    /// As if the power had gone: what was not synced is not written, the journal included.
    private static final int WITHOUT_FLUSH = 2;

    private static final int UNMOUNT_ATTEMPTS = 50;

    private final Path folder;
    private final String device;

    private TestDisk(Path folder, String device) {
        this.folder = folder;
        this.device = device;
    }

    /// An ext4 file system on a loop device; skips the test where that cannot be had.
    static TestDisk ext4(Path parent, int megabytes) throws IOException {
        Shell.assumeRoot("loop devices");
        Shell.assumeProgram("losetup", "losetup", "--version");
        Shell.assumeProgram("mkfs.ext4", "mkfs.ext4", "-V");
        Path image = parent.resolve("disk.img");
        try (FileChannel file =
                FileChannel.open(image, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(java.nio.ByteBuffer.allocate(1), megabytes * 1024L * 1024 - 1);
        }
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        String device = Shell.run("losetup", "--find", "--show", image.toString());
        TestDisk disk = new TestDisk(Files.createDirectory(parent.resolve("disk")), device);
        return disk.mounted();
    }

    /// A file system in memory, which can be full.
    static TestDisk memory(Path parent, int megabytes) throws IOException {
        Shell.assumeRoot("mounts");
        Path folder = Files.createDirectory(parent.resolve("memory"));
        Shell.run(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + megabytes + "m",
                "tmpfs",
                folder.toString());
        return new TestDisk(folder, "");
    }

    private TestDisk mounted() throws IOException {
        try {
            mount();
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    void mount() throws IOException {
        Shell.run("mount", device, folder.toString());
    }

    /// Waits for those that use it to be gone, and for the system to let go of it: a mount
    /// namespace that another process made meanwhile keeps a copy for a moment, and what is mounted
    /// then is the same file system still, the power cut.
    void unmount() throws IOException {
        boolean unmounted = false;
        for (int attempt = 1; !unmounted || isHeld(); attempt++) {
            unmounted = unmounted || Shell.works("umount", folder.toString());
            if (attempt == UNMOUNT_ATTEMPTS) {
                throw new IOException("cannot be unmounted: " + folder);
            }
            if (!unmounted || isHeld()) {
                pause();
            }
        }
    }

    private boolean isHeld() {
        return !device.isEmpty()
                && Files.exists(Path.of("/sys/fs/ext4", device.substring("/dev/".length())));
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Where it is mounted.
    Path folder() {
        return folder;
    }

    /// The power goes: from now on nothing gets to the disk, and what was not synced never was
    /// there. To be unmounted and mounted again.
    void cutPower() throws IOException {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle open =
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("open"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT),
                            Linker.Option.firstVariadicArg(2));
            MethodHandle ioctl =
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("ioctl"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS),
                            Linker.Option.firstVariadicArg(2));
            MethodHandle close =
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("close"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            int file = (int) open.invokeExact(arena.allocateFrom(folder.toString()), 0);
            MemorySegment flags = arena.allocateFrom(ValueLayout.JAVA_INT, WITHOUT_FLUSH);
            int answer = (int) ioctl.invokeExact(file, EXT4_IOC_SHUTDOWN, flags);
            int closed = (int) close.invokeExact(file);
            if (answer != 0 || closed != 0) {
                throw new IOException("the file system cannot be shut down: " + folder);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("the file system cannot be shut down: " + folder, e);
        }
    }

    /// The kernel finds the file system broken and takes no more writes, as with
    /// `errors=remount-ro`.
    void turnReadOnly() throws IOException {
        Shell.run("mount", "-o", "remount,abort", device, folder.toString());
    }

    /// Takes what space there is but this much.
    ///
    /// @return the file that takes it
    Path fillUp(long bytesLeft) throws IOException {
        Path filler = folder.resolve("filler");
        long fill = Files.getFileStore(folder).getUsableSpace() - bytesLeft;
        Shell.run("fallocate", "--length", String.valueOf(fill), filler.toString());
        return filler;
    }

    @Override
    public void close() {
        if (!Shell.works("umount", folder.toString())) {
            Shell.works("umount", "--lazy", folder.toString());
        }
        if (!device.isEmpty()) {
            Shell.works("losetup", "--detach", device);
        }
    }
}
