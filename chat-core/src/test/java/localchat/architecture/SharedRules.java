package localchat.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static localchat.architecture.Vocabulary.in;
import static localchat.architecture.Vocabulary.named;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// The never-rules that hold in every module.
public final class SharedRules {
    private SharedRules() {}

    /// All of them, and a module's own.
    public static List<Rule> and(Rule... own) {
        Stream<Rule> shared =
                Stream.of(
                        new Rule("N2", SharedRules::modulesImportDownwards),
                        new Rule("N5", SharedRules::tlsStaysWhereItIsChecked),
                        new Rule("N8", SharedRules::timeAndStreamsComeFromOutside),
                        new Rule("N10", SharedRules::packagesHaveNoCycles),
                        new Rule("N11", SharedRules::nullIsDeclared),
                        new Rule("N12", SharedRules::jdbcStaysInStores),
                        new Rule("Wire", SharedRules::generatedClassesStayAtTheWire));
        return Stream.concat(Stream.of(own), shared).toList();
    }

    private static ArchRule modulesImportDownwards(House house) {
        return classes()
                .should(
                        Vocabulary.satisfy(
                                "import downwards",
                                (type, report) ->
                                        type.getDirectDependenciesFromSelf().stream()
                                                .map(Dependency::getTargetClass)
                                                .filter(aboveOrBeside(type, house))
                                                .forEach(used ->
                                                        report.accept(
                                                                type, "uses " + used.getName()))))
                .as(
                        "N2: core imports neither server nor client, the server never the client,"
                                + " the client the server in fx.host alone")
                .because("each program must be buildable, and readable, without the others");
    }

    private static DescribedPredicate<JavaClass> aboveOrBeside(JavaClass type, House house) {
        if (in(house.core()).test(type)) {
            return in(house.server(), house.client());
        }
        if (in(house.server()).test(type)) {
            return in(house.client());
        }
        if (in(house.client() + ".fx.host").test(type)) {
            return DescribedPredicate.alwaysFalse();
        }
        return in(house.server());
    }

    private static ArchRule tlsStaysWhereItIsChecked(House house) {
        DescribedPredicate<JavaClass> transport = in(house.server() + ".net").and(named(".*Tls.*"));
        return noClasses()
                .that(not(in(house.core() + ".identity", house.core() + ".client").or(transport)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javax.net.ssl..")
                .as(
                        "N5: javax.net.ssl only in server.net's TLS transport, core.identity,"
                                + " core.client")
                .because("a pin that is checked in one place cannot be forgotten in another");
    }

    private static ArchRule timeAndStreamsComeFromOutside(House house) {
        ArchRule time =
                noClasses()
                        .that(not(Vocabulary.clock()))
                        .should()
                        .accessTargetWhere(Vocabulary.readingTheTime())
                        .as("N8: the machine's time is read by Clock implementations alone")
                        .because("hours of chat must be simulated in seconds with a manual clock");
        ArchRule streams =
                noClasses()
                        .that(not(named(".*Main").or(in(house.client() + ".terminal"))))
                        .should()
                        .accessTargetWhere(Vocabulary.usingStandardStreams())
                        .as("N8: standard streams belong to the mains and the terminal")
                        .because("scripts read them: a stray line is a broken contract");
        return CompositeArchRule.of(time).and(streams);
    }

    private static ArchRule packagesHaveNoCycles(House house) {
        SliceAssignment eachPackage =
                new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                };
        return slices().assignedFrom(eachPackage)
                .should()
                .beFreeOfCycles()
                .as("N10: no package cycles")
                .because("packages in a cycle are one package that is hard to read");
    }

    private static ArchRule nullIsDeclared(House house) {
        return classes()
                .should(
                        Vocabulary.satisfy(
                                "have no nullable record component, and be @NullMarked throughout",
                                (type, report) -> {
                                    if (hasNullableComponent(type)) {
                                        report.accept(type, "has a nullable record component");
                                    }
                                    if (!isNullMarked(type)) {
                                        report.accept(type, "is not @NullMarked");
                                    }
                                    if (isNullUnmarkedAnywhere(type)) {
                                        report.accept(type, "is @NullUnmarked in part");
                                    }
                                }))
                .as(
                        "N11: no nullable record component; null crosses a public signature only as"
                                + " @Nullable")
                .because("NullAway does not look through record patterns, nor into unmarked code");
    }

    private static ArchRule jdbcStaysInStores(House house) {
        DescribedPredicate<JavaClass> cache =
                in(house.core() + ".client").and(named(".*(Cache|Outbox)"));
        return noClasses()
                .that(not(in(house.server() + ".storage", house.core() + ".store").or(cache)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
                .as(
                        "N12: JDBC only in server.storage, core.store and core.client's cache and"
                                + " outbox")
                .because("who may commit, and on which thread, is decided in these places");
    }

    private static ArchRule generatedClassesStayAtTheWire(House house) {
        return noClasses()
                .that(
                        not(
                                in(
                                        house.core() + ".protocol",
                                        house.core() + ".client",
                                        house.server() + ".session")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(house.wire())
                .as("Wire: generated classes stop at core.protocol, core.client and server.session")
                .because(
                        "rooms, stores and screens speak core.model, whatever the wire looks like");
    }

    private static boolean hasNullableComponent(JavaClass type) {
        return type.isRecord()
                && Stream.of(type.reflect().getRecordComponents())
                        .map(RecordComponent::getAnnotatedType)
                        .flatMap(component -> Stream.of(component.getAnnotations()))
                        .map(Annotation::annotationType)
                        .anyMatch(Nullable.class::equals);
    }

    private static boolean isNullMarked(JavaClass type) {
        return type.isAnnotatedWith(NullMarked.class)
                || type.getPackage().isAnnotatedWith(NullMarked.class)
                || type.getEnclosingClass().map(SharedRules::isNullMarked).orElse(false)
                || Bytecode.isInNullMarkedModule(type);
    }

    private static boolean isNullUnmarkedAnywhere(JavaClass type) {
        return type.isAnnotatedWith(NullUnmarked.class)
                || type.getPackage().isAnnotatedWith(NullUnmarked.class)
                || type.getCodeUnits().stream()
                        .anyMatch(unit -> unit.isAnnotatedWith(NullUnmarked.class));
    }
}
