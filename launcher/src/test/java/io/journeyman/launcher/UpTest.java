package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.conversation.ActivityAssembly;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code journeyman up} as a process: what it leaves behind, and what it finds again. */
@Timeout(600)
class UpTest {
    private final Ports ports = Ports.findFree();
    private Path folder;
    private Path data;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Files.createTempDirectory("journeyman-up-");
        data = folder.resolve("data");
    }

    @AfterEach
    void removeFolder() throws Exception {
        RunningShop.delete(folder);
    }

    @Test
    void continuesAnOrderAfterItWasKilledAndItsKeyWasChangedAndLeavesNoProcessWhenItIsStopped() throws Exception {
        var killed = PartProcess.start(data, ports, "up");
        var customer = Customer.newcomer(ports, data);
        customer.says("Add the Indigo Block-Print Cotton Kurta in blue, size L to my cart");
        customer.says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var order =
                customer.confirms(customer.openProposal()).path("workflowId").asText();
        customer.awaits(order, journey -> journey.path("waitingFor").asText().equals("payment_method"));
        var leftBehind = killed.descendants();
        killed.kill();
        var keys = data.resolve("secrets").resolve("payload-keys");
        Files.writeString(keys, "2:" + "A".repeat(43) + "," + Files.readString(keys));

        try (var next = PartProcess.startRecording(data, ports)) {
            customer.pays(order, customer.card("4242"));
            customer.awaits(order, journey -> journey.path("status").asText().equals("completed"));
            var children = next.descendants();
            assertThat(RunningShop.history(ports, order, Optional.empty()))
                    .contains("\"encryption-key-id\": \"1\"", "\"encryption-key-id\": \"2\"");

            assertThat(next.terminate()).isIn(0, 143);
            assertThat(next.said()).doesNotContain("Unable to destroy");
            assertThat(Stream.concat(leftBehind.stream(), children.stream()))
                    .isNotEmpty()
                    .noneMatch(ProcessHandle::isAlive);
        }
        PartProcess.keepRecorded();
    }

    /** Its agents are up by then, and wait for requests. */
    @Test
    void saysWhyItsWorkerCannotStartAndEnds() throws Exception {
        try (var taken = new DataFolder(data)) {
            taken.take();
            try (var postgres = LocalPostgres.start(taken, ports.postgres());
                    var connection = DriverManager.getConnection(postgres.url());
                    var statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA " + ActivityAssembly.OWNER.schema());
            }
        }

        assertThatThrownBy(() -> PartProcess.start(data, ports, "up").close())
                .hasMessageContaining("journeyman: the worker cannot start: ")
                .hasMessageEndingWith("it has ended");
    }

    @Test
    void saysWhichPortIsInUseAndWhatToDo() throws Exception {
        try (var occupied = new ServerSocket(ports.api(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(occupied.isBound()).isTrue();

            assertThatThrownBy(() -> PartProcess.start(data, ports, "up").close())
                    .hasMessageContaining("port " + ports.api() + ", wanted for the API, is in use")
                    .hasMessageContaining("--port-base");
        }
    }
}
