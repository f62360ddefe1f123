package io.journeyman.bench.chaos;

import io.journeyman.bench.chaos.Wire.Answer;
import io.journeyman.bench.chaos.Wire.Call;
import io.journeyman.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A network that passes everything on to the agents as it is, except what it was told to lie about. */
final class LyingNetwork implements Shop.Network {
    private final List<Told> lies = new CopyOnWriteArrayList<>();

    private record Told(Part agent, Predicate<Call> about, Lie lie) {}

    /** What becomes of a request. @param agent the real one, behind the network */
    interface Lie {
        Answer to(Call call, Wire agent) throws IOException, InterruptedException;
    }

    @Override
    public Wire to(Part agent, URI target) {
        return new Liar(agent, Wire.to(target));
    }

    private final class Liar implements Wire {
        private final Part agent;
        private final Wire honest;

        Liar(Part agent, Wire honest) {
            this.agent = agent;
            this.honest = honest;
        }

        @Override
        public Answer send(Call call) throws IOException, InterruptedException {
            for (var told : lies) {
                if (told.agent() == agent && told.about().test(call)) {
                    return told.lie().to(call, honest);
                }
            }
            return honest.send(call);
        }

        @Override
        public void close() {
            honest.close();
        }
    }

    void lieTo(Part agent, Predicate<Call> about, Lie lie) {
        lies.add(new Told(agent, about, lie));
    }

    /** Nothing of it arrives, and whoever asked for it hears that it is done. */
    void swallow(Part agent, String path, Object answer) {
        lieTo(agent, call -> call.path().equals(path), (call, any) -> answer(200, answer));
    }

    void tellTheTruth() {
        lies.clear();
    }

    static Predicate<Call> about(String path, String inBody) {
        return call -> call.path().equals(path) && call.body().contains(inBody);
    }

    /** The same request with other words. */
    static Call saying(String text, Call call) {
        return new Call(call.method(), call.path(), call.headers(), text);
    }

    static Answer answer(int status, Object body) {
        var type = status < 400 ? "application/json" : "application/problem+json";
        return new Answer(status, Map.of("Content-Type", List.of(type)), Json.write(body));
    }
}
