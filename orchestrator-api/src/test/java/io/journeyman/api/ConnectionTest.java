package io.journeyman.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.api.http.BodyLimit;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a connection after a request that was refused before its body was wanted. */
@ExtendWith(RunningShop.Opened.class)
class ConnectionTest {
    private static final String REFUSED = String.join(
            "\r\n", "POST /v1/conversations/messages HTTP/1.1", "Host: here", "Content-Type: application/json", "");

    private final RunningShop shop;

    ConnectionTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void takesTheNextRequestOnTheConnectionOfARefusedOne() throws Exception {
        try (var socket = connect()) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < 3; i++) {
                send(socket, REFUSED + "Content-Length: 40\r\n\r\n");
                pause();
                send(socket, "x".repeat(40));

                var answer = read(in);

                assertThat(answer.status()).isEqualTo("401");
                assertThat(answer.headers()).doesNotContainEntry("connection", "close");
            }
        }
    }

    @Test
    void takesTheNextRequestAfterABodyOfUnknownLength() throws Exception {
        try (var socket = connect()) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < 3; i++) {
                send(socket, REFUSED + "Transfer-Encoding: chunked\r\n\r\n28\r\n");
                pause();
                send(socket, "x".repeat(40) + "\r\n0\r\n\r\n");

                assertThat(read(in).status()).isEqualTo("401");
            }
        }
    }

    @Test
    void saysThatItClosesAfterABodyThatIsTooLong() throws IOException {
        try (var socket = connect()) {
            send(socket, REFUSED + "Content-Length: " + (BodyLimit.MOST_BYTES + 1) + "\r\n\r\n");

            var answer = read(new BufferedInputStream(socket.getInputStream()));

            assertThat(answer.status()).isEqualTo("413");
            assertThat(answer.headers()).containsEntry("connection", "close");
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), shop.api.port());
        socket.setSoTimeout(60_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** A body that comes a little later than its head: an answer that does not wait for it overtakes it. */
    private static void pause() throws InterruptedException {
        Thread.sleep(150);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    private static Answer read(InputStream in) throws IOException {
        String status = line(in).replaceFirst("HTTP/1.1 (\\d+).*", "$1");
        var headers = new java.util.TreeMap<String, String>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            headers.put(header.replaceFirst(":.*", "").toLowerCase(Locale.ROOT), header.replaceFirst("[^:]*: *", ""));
        }
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            for (int length = chunk(in); length > 0; length = chunk(in)) {
                in.skipNBytes(length);
                line(in);
            }
            line(in);
        } else {
            in.skipNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        return new Answer(status, headers);
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection was closed after \"" + line + "\"");
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }

    private record Answer(String status, Map<String, String> headers) {}
}
