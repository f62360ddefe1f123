package io.journeyman.bench.load;

import java.util.Map;
import java.util.Optional;

/**
 * The same number of customers at the bare engine, at the shop on it, and at the peer where there is one; with the milliseconds of
 * processor time that each checkout takes, by process.
 */
record Comparison(
        Pace bare,
        Map<String, Double> bareCpu,
        Pace product,
        Map<String, Double> productCpu,
        double productPerBare,
        Optional<Pace> flask) {
    static final String HEAD = "customers | shop: checkouts/s  p50 ms  p99 ms | bare engine: /s  p50 ms | shop ÷ bare"
            + " | Flask: /s  p50 ms | shop ÷ Flask";

    static Comparison of(Pace bare, Map<String, Double> bareCpu, Pace product, Map<String, Double> productCpu) {
        return new Comparison(
                bare, bareCpu, product, productCpu, product.perSecond() / bare.perSecond(), Optional.empty());
    }

    Comparison with(Pace peer) {
        return new Comparison(bare, bareCpu, product, productCpu, productPerBare, Optional.of(peer));
    }

    String line() {
        var peer = flask.map(pace -> "%10.1f %7.0f | %12.2f"
                        .formatted(pace.perSecond(), pace.p50(), product.perSecond() / pace.perSecond()))
                .orElse("         -       - |            -");
        return "%9d | %17.1f %7.0f %7.0f | %15.1f %7.0f | %11.2f | %s"
                .formatted(
                        product.atATime(),
                        product.perSecond(),
                        product.p50(),
                        product.p99(),
                        bare.perSecond(),
                        bare.p50(),
                        productPerBare,
                        peer);
    }
}
