package localchat.architecture;

/// The root packages of the three modules: the real ones, or those of a small house in which one
/// rule is broken on purpose.
public record House(String core, String server, String client) {
    public static final House REAL =
            new House("localchat.core", "localchat.server", "localchat.client");

    /// The house below `localchat.broken` with the given name, such as `n7`.
    static House broken(String name) {
        String root = "localchat.broken." + name;
        return new House(root + ".core", root + ".server", root + ".client");
    }

    /// All classes that protoc makes from the schema.
    String wire() {
        return core + ".protocol.wire..";
    }
}
