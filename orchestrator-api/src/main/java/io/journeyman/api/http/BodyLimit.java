package io.journeyman.api.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Takes no body longer than 64 KiB, or than its path's own limit, whatever its header says. What is refused, for its length or
 * before anyone wanted it, is read to its end all the same, up to 4 MiB of it: bytes left unread make the server close the connection with a
 * reset, under which a client that still sends loses the answer (RFC 9112, 9.6).
 */
@PreMatching
public final class BodyLimit implements ContainerRequestFilter, ContainerResponseFilter {
    public static final int MOST_BYTES = 64 * 1024;

    /** Of a refused body; a longer one may cost its sender the answer. */
    public static final int MOST_UNWANTED = 4 * 1024 * 1024;

    private final Map<String, Integer> larger;

    /** @param larger the limits in bytes of the paths that have their own, such as {@code v1/codec/decode} */
    public BodyLimit(Map<String, Integer> larger) {
        this.larger = Map.copyOf(larger);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        int most = larger.getOrDefault(request.getUriInfo().getPath(), MOST_BYTES);
        if (request.getLength() > Math.max(most, MOST_UNWANTED)) {
            throw tooLarge(most);
        }
        // to look whether there is anything would be to ask for it, too
        if (asksFirst(request) || request.hasEntity()) {
            var body = new Bounded(request.getEntityStream(), most);
            request.setProperty(Bounded.class.getName(), body);
            request.setEntityStream(body);
        }
        if (request.getLength() > most) {
            throw tooLarge(most);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean readable = request.getProperty(Bounded.class.getName()) instanceof Bounded body
                // a client that asks first has not sent anything yet, and to read would be to ask for it
                ? !(asksFirst(request) && body.isUntouched()) && body.readToItsEnd()
                : request.getLength() <= 0;
        if (!readable) {
            response.getHeaders().putSingle("Connection", "close");
        }
    }

    /** RFC 9110, 10.1.1 */
    private static boolean asksFirst(ContainerRequestContext request) {
        return "100-continue".equalsIgnoreCase(request.getHeaderString("Expect"));
    }

    private static ProblemException tooLarge(int most) {
        return ProblemException.of(413, "too_large", "The body is larger than " + most / 1024 + " KiB.");
    }

    private static final class Bounded extends FilterInputStream {
        private final int most;
        private long left;

        Bounded(InputStream in, int most) {
            super(in);
            this.most = most;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        boolean isUntouched() {
            return left == most;
        }

        /** False where there is more than anyone reads in vain, or where the client stopped sending. */
        boolean readToItsEnd() {
            var buffer = new byte[8192];
            int unwanted = MOST_UNWANTED;
            try {
                while (unwanted >= 0) {
                    int read = in.read(buffer);
                    if (read < 0) {
                        return true;
                    }
                    unwanted -= read;
                }
            } catch (IOException _) {
                return false;
            }
            return false;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw tooLarge(most);
            }
        }
    }
}
