package localchat.client.fx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import javafx.application.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The never-rules of the window.
final class WindowArchitectureTest {
    private static final int CLASSES_MIN = 40;

    private final JavaClasses window =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("localchat.client.fx");

    @BeforeEach
    void seesTheClasses() {
        assertTrue(window.size() >= CLASSES_MIN, "classes seen: " + window.size());
    }

    @Test
    void n9ViewModelsSeeNoNodes() {
        noClasses()
                .that()
                .haveNameMatching(".*(ViewModel|Model|Timeline|People|RoomDirectory)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..")
                .because("N9: what a view model holds is tested without a toolkit")
                .check(window);
    }

    @Test
    void n9ViewsAndCellsSeeNoSession() {
        noClasses()
                .that()
                .haveNameMatching(".*(View|Cell|List|Bar|Banner)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("localchat.core.client..", "localchat.core.protocol..")
                .because("N9: a view shows what its view model holds and nothing else")
                .check(window);
    }

    @Test
    void n9OnlyUiExecutorCrossesToTheFxThread() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(UiExecutor.class.getName())
                .should()
                .callMethod(Platform.class, "runLater", Runnable.class)
                .because("N9: there is one door to the JavaFX thread, and it is bounded")
                .check(window);
    }

    @Test
    void n2TheWindowNeverSeesTheServer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("localchat.server..")
                .because("N2: only fx.host, once it is there, may")
                .check(window);
    }

    @Test
    void n8TimeComesFromAClock() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .because("N8: tests set the clock")
                .check(window);
    }

    @Test
    void n10PackagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("localchat.client.fx.(*)..")
                .should()
                .beFreeOfCycles()
                .because("N10")
                .check(window);
        classes()
                .that()
                .resideInAnyPackage("localchat.client.fx.*..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage("localchat.client.fx..")
                .because("the window's parts are nobody else's")
                .check(window);
        noClasses()
                .that()
                .resideInAnyPackage("localchat.client.fx.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("localchat.client.fx")
                .because("the parts do not know the whole")
                .check(window);
    }
}
