package localchat.server.torture;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// A network namespace for a server, joined to this one by a pair of virtual cables: its clients
/// come from several addresses on this side, each of which can be cut off.
final class FarServer implements AutoCloseable {
    private static final int NEAR_ADDRESSES = 4;

    /// Of the addresses of the network, the server's.
    private static final int SERVER_HOST = 10;

    private final String name;
    private final String cable;
    private final String network;
    private final List<List<String>> rules = new ArrayList<>();

    private FarServer(long number) {
        this.name = "torture-" + number;
        this.cable = "lt" + number;
        this.network = "10.%d.%d.".formatted(100 + number / 256 % 50, number % 256);
    }

    /// Makes it; skips the test where that cannot be done.
    static FarServer create() throws IOException {
        Shell.assumeRoot("network namespaces");
        Shell.assumeProgram("ip", "ip", "netns", "list");
        Shell.assumeProgram("iptables", "iptables", "--version");
        FarServer far = new FarServer(ProcessHandle.current().pid() % 60_000);
        try {
            far.make();
            return far;
        } catch (IOException e) {
            far.close();
            throw e;
        }
    }

    private void make() throws IOException {
        Shell.run("ip", "netns", "add", name);
        Shell.run("ip", "link", "add", cable + "a", "type", "veth", "peer", "name", cable + "b");
        Shell.run("ip", "link", "set", cable + "b", "netns", name);
        for (int i = 1; i <= NEAR_ADDRESSES; i++) {
            Shell.run("ip", "addr", "add", network + i + "/24", "dev", cable + "a");
        }
        Shell.run("ip", "link", "set", cable + "a", "up");
        Shell.run(
                "ip", "-n", name, "addr", "add", network + SERVER_HOST + "/24", "dev", cable + "b");
        Shell.run("ip", "-n", name, "link", "set", cable + "b", "up");
        Shell.run("ip", "-n", name, "link", "set", "lo", "up");
        leadToLoopback();
    }

    /// A load that speaks plaintext is taken on loopback addresses alone: what comes for the server
    /// from this side is led there. Who sent it stays to be seen.
    private void leadToLoopback() throws IOException {
        List<String> allow = new ArrayList<>(List.of(inside()));
        allow.addAll(List.of("sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet"));
        Shell.run(allow.toArray(String[]::new));
        iptables(
                "-A",
                List.of(
                        "PREROUTING",
                        "-t",
                        "nat",
                        "-p",
                        "tcp",
                        "-d",
                        network + SERVER_HOST,
                        "-j",
                        "DNAT",
                        "--to-destination",
                        "127.0.0.1"));
    }

    /// Where the server is reached.
    InetAddress serverAddress() throws IOException {
        return InetAddress.getByName(network + SERVER_HOST);
    }

    /// One of the addresses on this side.
    ///
    /// @param number 1 to 4
    InetAddress near(int number) throws IOException {
        return InetAddress.getByName(network + number);
    }

    /// A command that runs what follows in the namespace.
    String[] inside() {
        return new String[] {"ip", "netns", "exec", name};
    }

    /// What comes from an address does not reach the server any more.
    ///
    /// @param share of the packets, 1 for all
    void dropFrom(InetAddress near, double share) throws IOException {
        rule(share, "INPUT", "-s", near.getHostAddress());
    }

    /// What the server sends to an address does not reach it any more.
    ///
    /// @param share of the packets, 1 for all
    void dropTo(InetAddress near, double share) throws IOException {
        rule(share, "OUTPUT", "-d", near.getHostAddress());
    }

    private void rule(double share, String chain, String side, String address) throws IOException {
        List<String> rule = new ArrayList<>(List.of(chain, side, address));
        if (share < 1) {
            rule.addAll(
                    List.of(
                            "-m",
                            "statistic",
                            "--mode",
                            "random",
                            "--probability",
                            String.valueOf(share)));
        }
        rule.addAll(List.of("-j", "DROP"));
        iptables("-A", rule);
        rules.add(rule);
    }

    /// The network works again.
    void heal() throws IOException {
        for (List<String> rule : rules) {
            iptables("-D", rule);
        }
        rules.clear();
    }

    private void iptables(String action, List<String> rule) throws IOException {
        List<String> command = new ArrayList<>(List.of(inside()));
        command.addAll(List.of("iptables", "-w", "10", action));
        command.addAll(rule);
        Shell.run(command.toArray(String[]::new));
    }

    @Override
    public void close() {
        Shell.works("ip", "link", "delete", cable + "a");
        Shell.works("ip", "netns", "delete", name);
    }
}
