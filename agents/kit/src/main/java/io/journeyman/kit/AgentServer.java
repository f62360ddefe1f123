package io.journeyman.kit;

import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;

/** Dropwizard's server with one connector on one address, no admin port, requests on virtual threads, and small pools. */
final class AgentServer extends AbstractServerFactory {
    private static final int MOST_REQUESTS_AT_ONCE = 64;

    private final String host;
    private final int port;

    AgentServer(String host, int port) {
        this.host = host;
        this.port = port;
        setEnableVirtualThreads(true);
        setMinThreads(4);
        setMaxThreads(MOST_REQUESTS_AT_ONCE);
        setShutdownGracePeriod(Duration.seconds(5));
        setRegisterDefaultExceptionMappers(false);
        setEnableThreadNameFilter(false);
        LogbackAccessRequestLogFactory silent = new LogbackAccessRequestLogFactory();
        silent.setAppenders(List.of());
        setRequestLogFactory(silent);
    }

    @Override
    public Server build(Environment environment) {
        configure(environment);
        Server server = buildServer(environment.lifecycle(), createThreadPool(environment.metrics()));
        // whoever started the agent stops it, in the order that it needs
        server.setStopAtShutdown(false);
        Handler application = createAppServlet(
                server,
                environment.jersey(),
                environment.getObjectMapper(),
                environment.getValidator(),
                environment.getApplicationContext(),
                environment.getJerseyServletContainer(),
                environment.metrics());
        HttpConnectorFactory connector = new HttpConnectorFactory();
        connector.setBindHost(host);
        connector.setPort(port);
        connector.setAcceptorThreads(Optional.of(1));
        connector.setSelectorThreads(Optional.of(1));
        server.addConnector(connector.build(server, environment.metrics(), environment.getName(), null));
        server.setHandler(addGracefulHandler(application));
        return server;
    }

    @Override
    public void configure(Environment environment) {
        environment.getApplicationContext().setContextPath("/");
    }
}
