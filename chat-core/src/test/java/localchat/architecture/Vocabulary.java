package localchat.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The words in which rules speak of types and calls.
public final class Vocabulary {
    private static final Set<String> NOW_OF =
            Set.of(
                    "java.time.Instant",
                    "java.time.LocalDate",
                    "java.time.LocalDateTime",
                    "java.time.LocalTime",
                    "java.time.OffsetDateTime",
                    "java.time.OffsetTime",
                    "java.time.Year",
                    "java.time.YearMonth",
                    "java.time.ZonedDateTime");

    private Vocabulary() {}

    /// The class, or the one it is nested in, has a simple name that matches.
    public static DescribedPredicate<JavaClass> named(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return describe(
                "named " + regex,
                type -> pattern.matcher(outermost(type).getSimpleName()).matches());
    }

    /// In one of the packages, or below it.
    public static DescribedPredicate<JavaClass> in(String... packages) {
        String[] patterns = new String[packages.length];
        for (int i = 0; i < packages.length; i++) {
            patterns[i] = packages[i] + "..";
        }
        return resideInAnyPackage(patterns);
    }

    /// An implementation of a type named `Clock`, or such a type itself.
    static DescribedPredicate<JavaClass> clock() {
        return assignableTo(
                describe("a Clock", (JavaClass type) -> type.getSimpleName().endsWith("Clock")));
    }

    /// Threads and what is made for several of them.
    public static DescribedPredicate<JavaClass> threading() {
        return describe(
                "threads or java.util.concurrent",
                type ->
                        type.getPackageName().startsWith("java.util.concurrent")
                                || type.getName()
                                        .matches(
                                                "java\\.lang\\.(Thread|ThreadLocal|ThreadGroup)\\b.*")
                                || type.getName().matches("java\\.util\\.Timer(Task)?"));
    }

    /// A use that tells the time of the machine: it cannot be replaced by a manual clock in a test.
    static DescribedPredicate<JavaAccess<?>> readingTheTime() {
        return describe(
                "reads the machine's clock",
                access -> {
                    String owner = access.getTargetOwner().getName();
                    String name = access.getTarget().getName();
                    return switch (owner) {
                        case "java.lang.System" ->
                                name.equals("nanoTime") || name.equals("currentTimeMillis");
                        case "java.util.Date" ->
                                name.equals("<init>") && parameters(access).isEmpty();
                        default ->
                                NOW_OF.contains(owner)
                                        && name.equals("now")
                                        && !parameters(access).contains("java.time.Clock");
                    };
                });
    }

    /// A use of standard input, output or error.
    static DescribedPredicate<JavaAccess<?>> usingStandardStreams() {
        Set<String> streams = Set.of("in", "out", "err", "console", "setIn", "setOut", "setErr");
        return describe(
                "uses a standard stream",
                access -> {
                    String owner = access.getTargetOwner().getName();
                    String name = access.getTarget().getName();
                    return (owner.equals("java.lang.System") && streams.contains(name))
                            || owner.equals("java.lang.IO")
                            || (name.equals("printStackTrace") && parameters(access).isEmpty());
                });
    }

    /// A condition that reports what it finds amiss about a class.
    public static ArchCondition<JavaClass> satisfy(
            String description, BiConsumer<JavaClass, BiConsumer<JavaClass, String>> look) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                look.accept(
                        type,
                        (found, fault) ->
                                events.add(
                                        SimpleConditionEvent.violated(
                                                found, found.getName() + " " + fault)));
            }
        };
    }

    private static Set<String> parameters(JavaAccess<?> access) {
        if (access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target) {
            return target.getRawParameterTypes().stream()
                    .map(JavaClass::getName)
                    .collect(Collectors.toSet());
        }
        return Set.of();
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(Vocabulary::outermost).orElse(type);
    }
}
