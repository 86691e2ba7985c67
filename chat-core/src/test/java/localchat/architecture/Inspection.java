package localchat.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Reads a module's compiled classes once and holds rules against them.
public final class Inspection {
    /// What protoc writes follows its own rules.
    private static final String GENERATED = "/localchat/core/protocol/wire/";

    private final JavaClasses classes;
    private final int atLeast;

    private Inspection(JavaClasses classes, int atLeast) {
        this.classes = classes;
        this.atLeast = atLeast;
    }

    /// The main classes of the module under test.
    ///
    /// @param atLeast how many it has at least, so that no rule passes on nothing
    public static Inspection ofModule(int atLeast) {
        return new Inspection(
                new ClassFileImporter()
                        .withImportOption(location -> !location.contains(GENERATED))
                        .importPath(Path.of("target", "classes")),
                atLeast);
    }

    public void assertKeeps(Rule rule) {
        assertTrue(
                classes.size() >= atLeast,
                "expected at least " + atLeast + " classes, saw " + classes.size());
        rule.text().apply(House.REAL).check(classes);
    }

    /// Asserts that the rule finds every class named `Breaks…` in the house where it is broken, and
    /// blames none named `Keeps…`.
    public static void assertReportsBreach(Rule rule) {
        String house = rule.number().toLowerCase(Locale.ROOT);
        JavaClasses broken = new ClassFileImporter().importPackages("localchat.broken." + house);
        List<String> breakers = named(broken, "Breaks");
        assertFalse(breakers.isEmpty(), "nothing breaks " + rule + " in localchat.broken." + house);

        String report =
                String.join(
                        "\n",
                        rule.text()
                                .apply(House.broken(house))
                                .evaluate(broken)
                                .getFailureReport()
                                .getDetails());
        for (String breaker : breakers) {
            assertTrue(report.contains(breaker), rule + " overlooks " + breaker + ":\n" + report);
        }
        for (String keeper : named(broken, "Keeps")) {
            assertFalse(report.contains(keeper), rule + " blames " + keeper + ":\n" + report);
        }
    }

    private static List<String> named(JavaClasses classes, String prefix) {
        return classes.stream()
                .filter(type -> type.getSimpleName().startsWith(prefix))
                .map(JavaClass::getName)
                .toList();
    }
}
