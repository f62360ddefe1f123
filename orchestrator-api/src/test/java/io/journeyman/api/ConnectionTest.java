package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.api.http.BodyLimit;
import io.journeyman.testing.RawConnection;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a connection after a request that was refused before its body was wanted. */
@ExtendWith(RunningShop.Opened.class)
class ConnectionTest {
    private static final String REFUSED = String.join(
            "\r\n",
            "POST /v1/conversations/messages HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "");

    private final RunningShop shop;

    ConnectionTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void takesTheNextRequestOnTheConnectionOfARefusedOne() throws Exception {
        try (var connection = new RawConnection(shop.api.port())) {
            for (int i = 0; i < 3; i++) {
                connection.send(REFUSED + "Content-Length: 40\r\n\r\n");
                connection.sendLater("x".repeat(40));

                var answer = connection.read();

                assertThat(answer.status()).isEqualTo("401");
                assertThat(answer.headers()).doesNotContainEntry("connection", "close");
            }
        }
    }

    @Test
    void takesTheNextRequestAfterABodyOfUnknownLength() throws Exception {
        try (var connection = new RawConnection(shop.api.port())) {
            for (int i = 0; i < 3; i++) {
                connection.send(REFUSED + "Transfer-Encoding: chunked\r\n\r\n28\r\n");
                connection.sendLater("x".repeat(40) + "\r\n0\r\n\r\n");

                assertThat(connection.read().status()).isEqualTo("401");
            }
        }
    }

    @Test
    void answersABodyThatIsTooLongOnceItHasCome() throws Exception {
        int length = BodyLimit.MOST_BYTES + 1;
        try (var connection = new RawConnection(shop.api.port())) {
            for (int i = 0; i < 3; i++) {
                connection.send(REFUSED + "Content-Length: " + length + "\r\n\r\n");
                connection.sendLater("x".repeat(length));

                assertThat(connection.read().status()).isEqualTo("413");

                connection.send(REFUSED + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(length) + "\r\n");
                connection.sendLater("x".repeat(length) + "\r\n0\r\n\r\n");

                assertThat(connection.read().status()).isEqualTo("401");
            }
        }
    }

    @Test
    void callsABodyThatEndsTooEarlyTheSendersFault() throws IOException {
        for (String came : new String[] {"", "{\"text"}) {
            try (var connection = new RawConnection(shop.api.port())) {
                connection.send(REFUSED + "Content-Length: 40\r\n\r\n" + came);
                connection.endOutput();

                assertThat(connection.read().status()).isIn("400", "401");
            }
        }
    }

    @Test
    void saysThatItClosesBeforeABodyThatNobodyWouldRead() throws IOException {
        try (var connection = new RawConnection(shop.api.port())) {
            connection.send(REFUSED + "Content-Length: " + (BodyLimit.MOST_UNWANTED + 1) + "\r\n\r\n");

            var answer = connection.read();

            assertThat(answer.status()).isEqualTo("413");
            assertThat(answer.headers()).containsEntry("connection", "close");
        }
    }
}
