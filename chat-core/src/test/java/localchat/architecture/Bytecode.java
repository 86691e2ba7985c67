package localchat.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.net.URI;
import java.util.Optional;

/// What ArchUnit does not read from a class file.
public final class Bytecode {
    private static final String NULL_MARKED = "Lorg/jspecify/annotations/NullMarked;";

    private Bytecode() {}

    /// Whether a method has a `synchronized` block.
    public static boolean hasSynchronizedBlock(JavaClass type) {
        return read(source(type)).orElseThrow().methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(CodeModel::elementStream)
                .anyMatch(MonitorInstruction.class::isInstance);
    }

    /// Whether the class lies in a module whose `module-info` is `@NullMarked`.
    static boolean isInNullMarkedModule(JavaClass type) {
        String file = source(type).toString();
        String path = type.getName().replace('.', '/') + ".class";
        URI moduleInfo =
                URI.create(file.substring(0, file.length() - path.length()) + "module-info.class");
        return read(moduleInfo)
                .flatMap(info -> info.findAttribute(Attributes.runtimeVisibleAnnotations()))
                .stream()
                .flatMap(found -> found.annotations().stream())
                .anyMatch(found -> found.className().equalsString(NULL_MARKED));
    }

    private static URI source(JavaClass type) {
        return type.getSource().orElseThrow().getUri();
    }

    private static Optional<ClassModel> read(URI uri) {
        try (InputStream in = uri.toURL().openStream()) {
            return Optional.of(ClassFile.of().parse(in.readAllBytes()));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
