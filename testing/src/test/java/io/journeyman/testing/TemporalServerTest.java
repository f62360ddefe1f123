package io.journeyman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemporalServerTest {
    @Test
    void listensUntilItIsClosed() throws Exception {
        var server = TemporalServer.startWhereInstalled(Map.of("OrderId", "Keyword", "AmountMinor", "Int"));
        assumeTrue(server.isPresent());
        var address = URI.create("grpc://" + server.get().address());
        var frontend = new InetSocketAddress(address.getHost(), address.getPort());

        try (var socket = new Socket()) {
            socket.connect(frontend, 1_000);
            assertThat(socket.isConnected()).isTrue();
        }
        server.get().close();

        try (var socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(frontend, 1_000)).isInstanceOf(ConnectException.class);
        }
    }
}
