package localchat.fuzz;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A class that Jazzer can fuzz, and the inputs kept for it.
final class FuzzTarget {
    private final Class<?> type;
    private final Method method;

    FuzzTarget(Class<?> type) {
        this.type = type;
        try {
            method = type.getMethod("fuzzerTestOneInput", byte[].class);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(type + " is no fuzz target", e);
        }
    }

    /// Throws what the target throws.
    void run(byte[] input) throws Throwable {
        try {
            method.invoke(null, (Object) input.clone());
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /// The inputs kept, in the order of their names.
    List<byte[]> keptInputs() throws IOException, URISyntaxException {
        @Nullable URL folder = type.getResource(type.getSimpleName() + "Inputs");
        if (folder == null) {
            return List.of();
        }
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs;
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
