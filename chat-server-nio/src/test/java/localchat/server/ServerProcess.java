package localchat.server;

import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// The packaged server in a process of its own, looked into through its management beans.
final class ServerProcess implements AutoCloseable {
    private static final Path PROGRAM = Path.of("target", "chat-server", "bin", "chat-server");
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

    /// What a server holds, in bytes and in numbers.
    record Holdings(long heapBytes, long directBytes, long descriptors) {}

    private final Process process;
    private final InetSocketAddress address;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    private ServerProcess(Process process, InetSocketAddress address, JMXConnector connector)
            throws IOException {
        this.process = process;
        this.address = address;
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
    }

    /// Starts `chat-server run` on a free port of loopback, unencrypted unless the options name a
    /// further address or the run is one of the tests in TLS.
    static ServerProcess start(String... options) throws Exception {
        return start(List.of(), "", options);
    }

    /// The same, but it speaks TLS.
    ///
    /// @param javaOptions options of the JVM beyond those of the package
    static ServerProcess startEncrypted(String javaOptions, String... options) throws Exception {
        return launch(List.of(), javaOptions, List.of(options));
    }

    /// As above. Messages are kept in memory unless the options say `--data`.
    ///
    /// @param before a command that ends with becoming the program whose command line follows
    /// @param javaOptions options of the JVM beyond those of the package
    static ServerProcess start(List<String> before, String javaOptions, String... options)
            throws Exception {
        List<String> all = new ArrayList<>(Arrays.asList(options));
        if (!all.contains("--host") && !TestServers.isEncrypted()) {
            all.add("--plaintext");
        }
        return launch(before, javaOptions, all);
    }

    @SuppressWarnings("BanJNDI") // The address is that of the process started here.
    private static ServerProcess launch(
            List<String> before, String javaOptions, List<String> options) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(PROGRAM.toString(), "run"));
        command.addAll(List.of("--host", "127.0.0.1", "--port", "0"));
        command.addAll(options);
        if (!command.contains("--data") && !command.contains("--store")) {
            command.addAll(List.of("--store", "memory"));
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        if (!javaOptions.isEmpty()) {
            builder.environment().put("LOCALCHAT_JAVA_OPTS", javaOptions);
        }
        Process process = builder.start();
        String line =
                new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8))
                        .readLine();
        Matcher matcher = LISTENING.matcher(String.valueOf(line));
        if (!matcher.matches()) {
            process.destroyForcibly();
            throw new IOException("instead of an address the server said: " + line);
        }
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
        JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
        machine.detach();
        int port = Integer.parseInt(matcher.group(1));
        return new ServerProcess(
                process,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                JMXConnectorFactory.connect(url));
    }

    InetSocketAddress address() {
        return address;
    }

    /// The process, for what the kernel tells of it.
    ProcessHandle handle() {
        return process.toHandle();
    }

    /// Processor time used so far.
    Duration processorTime() {
        return handle().info().totalCpuDuration().orElseThrow();
    }

    /// Live heap after a collection, direct memory of buffers, open descriptors.
    Holdings holdings() throws IOException {
        MemoryMXBean memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
        // The first collection finds the buffers that nobody uses, the next what they held.
        memory.gc();
        memory.gc();
        long direct =
                ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
        long descriptors =
                ManagementFactory.getPlatformMXBean(
                                beans, com.sun.management.UnixOperatingSystemMXBean.class)
                        .getOpenFileDescriptorCount();
        return new Holdings(memory.getHeapMemoryUsage().getUsed(), direct, descriptors);
    }

    /// Names of the threads that are alive, those of the JVM included.
    List<String> threads() throws IOException {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null)
                .map(info -> info.getThreadName())
                .toList();
    }

    /// Sends SIGTERM and waits at most 5 seconds.
    ///
    /// @return the exit code
    int terminate() throws InterruptedException, IOException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            throw new IOException("the server did not end within 5 s of SIGTERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            connector.close();
        } catch (IOException e) {
            // The process it was connected to is gone.
        }
    }
}
