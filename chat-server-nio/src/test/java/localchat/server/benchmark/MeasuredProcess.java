package localchat.server.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server in a process of its own, looked at from outside.
final class MeasuredProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

    /// Last line of a class histogram: `Total INSTANCES BYTES`.
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    /// Longest wait for a server that was asked to end; it allows itself less.
    private static final long END_SECONDS = 10;

    private final Process process;
    private final InetSocketAddress address;
    private final Path log;
    private final Kernel kernel;

    private MeasuredProcess(Process process, InetSocketAddress address, Path log, Kernel kernel) {
        this.process = process;
        this.address = address;
        this.log = log;
        this.kernel = kernel;
    }

    /// A process that was just started, as soon as it says where it listens.
    ///
    /// @param log where its standard error goes, to be named when it fails and read when it ends
    static MeasuredProcess await(Process process, Path log, Kernel kernel) throws IOException {
        String line =
                new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8))
                        .readLine();
        Matcher matcher = LISTENING.matcher(String.valueOf(line));
        if (!matcher.matches()) {
            process.destroyForcibly();
            throw new IOException(
                    "instead of an address the server said: %s; see %s".formatted(line, log));
        }
        int port = Integer.parseInt(matcher.group(1));
        return new MeasuredProcess(
                process,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                log,
                kernel);
    }

    InetSocketAddress address() {
        return address;
    }

    CpuTime cpuTime() {
        return kernel.cpuTime(process.toHandle());
    }

    /// Memory in RAM, in bytes.
    double residentBytes() {
        return Kernel.residentBytes(process.toHandle());
    }

    /// Live heap, in bytes: makes the process collect its garbage and count what is left.
    double liveHeapBytes() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command = List.of(jcmd, String.valueOf(process.pid()), "GC.class_histogram");
        Matcher total = TOTAL.matcher(Kernel.run(command.toArray(String[]::new)).orElse(""));
        return total.find() ? Double.parseDouble(total.group(1)) : Double.NaN;
    }

    /// Asks it to end, as its operator would, and waits for it.
    ///
    /// @return what it counted; unknown on a system that only knows how to kill a process
    LoggedCounters end() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the server did not end when it was asked to");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server was ending", e);
        }
        if (process.supportsNormalTermination() && process.exitValue() != 0) {
            throw new IOException("the server ended with exit code " + process.exitValue());
        }
        return LoggedCounters.read(Files.readAllLines(log));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
