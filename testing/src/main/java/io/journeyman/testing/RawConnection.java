package io.journeyman.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP/1.1 connection, byte by byte: for what becomes of a connection, which a client's pool hides. */
public final class RawConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /** @param headers by their names in lower case */
    public record Answer(String status, Map<String, String> headers) {}

    public RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Sends a body a little later than its head: an answer that does not wait for it overtakes it. */
    public void sendLater(String text) throws IOException, InterruptedException {
        Thread.sleep(150);
        send(text);
    }

    /** Nothing more will be sent; the answer can still be read. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** @throws IOException when the server has closed the connection */
    public Answer read() throws IOException {
        String status = line().replaceFirst("HTTP/1.1 (\\d+).*", "$1");
        var headers = new TreeMap<String, String>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            headers.put(header.replaceFirst(":.*", "").toLowerCase(Locale.ROOT), header.replaceFirst("[^:]*: *", ""));
        }
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            for (int length = chunk(); length > 0; length = chunk()) {
                in.skipNBytes(length);
                line();
            }
            line();
        } else {
            in.skipNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        return new Answer(status, headers);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection was closed after \"" + line + "\"");
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }
}
