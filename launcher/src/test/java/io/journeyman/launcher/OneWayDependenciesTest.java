package io.journeyman.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.journeyman.contracts.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dependencies point one way (ARCHITECTURE.md); here all modules are on one class path, so every arrow is seen. */
class OneWayDependenciesTest {
    private static final List<String> AGENTS =
            List.of("inventory", "recommendation", "fulfillment", "payment", "postpurchase", "loyalty", "giftwrapping");
    private static final String HOUSE = "io.journeyman.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.journeyman");

    @Test
    void workflowsKnowActivitiesAndNothingOfHttpOrDatabasesOrModelLibraries() {
        noClasses()
                .that()
                .resideInAPackage(HOUSE + "workflows..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "java.sql..",
                        "javax.sql..",
                        "org.jdbi..",
                        "org.postgresql..",
                        "com.zaxxer..",
                        "dev.langchain4j..",
                        "io.dropwizard..",
                        "jakarta.ws.rs..",
                        HOUSE + "db..",
                        HOUSE + "kit..",
                        HOUSE + "api..",
                        HOUSE + "launcher..")
                .check(CLASSES);
    }

    @Test
    void activitiesKnowNothingOfWorkflowsOrOfWhoCallsThem() {
        noClasses()
                .that()
                .resideInAPackage(HOUSE + "activities..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HOUSE + "workflows..", HOUSE + "api..", HOUSE + "launcher..", HOUSE + "kit..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kit",
                "inventory",
                "recommendation",
                "fulfillment",
                "payment",
                "postpurchase",
                "loyalty",
                "giftwrapping"
            })
    void anAgentKnowsNothingOfTemporalOrOfTheOrchestratorOrOfAnotherAgent(String agent) {
        // an agent may have a model that tells what a sentence means; one that talks is the worker's alone
        var others = new ArrayList<>(Arrays.asList(
                "io.temporal..",
                "dev.langchain4j.model.chat..",
                "dev.langchain4j.service..",
                "dev.langchain4j.agent..",
                HOUSE + "activities..",
                HOUSE + "workflows..",
                HOUSE + "api..",
                HOUSE + "launcher.."));
        AGENTS.stream().filter(other -> !other.equals(agent)).forEach(other -> others.add(HOUSE + other + ".."));

        noClasses()
                .that()
                .resideInAPackage(HOUSE + agent + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others.toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void contractsKnowNobody() {
        noClasses()
                .that()
                .resideInAPackage(HOUSE + "contracts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.temporal..", "io.dropwizard..", "org.jdbi..", "dev.langchain4j..", HOUSE + "db..")
                .check(CLASSES);
    }

    @Test
    void nobodyButTheLauncherKnowsTheLauncher() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + "launcher..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HOUSE + "launcher..")
                .check(CLASSES);
    }

    /** Whatever else makes an amount asks {@code ShopCurrency}: a shop may count in another currency. */
    @Test
    void rupeesAreOnlyWhereTheTariffsOfIndiaAre() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(HOUSE + "fulfillment.delivery.Zone")
                .should()
                .callMethod(Money.class, "inr", long.class)
                .check(CLASSES);
    }
}
