# Signalbox in a container. It needs the Docker socket, the host's network, and its data at the same path inside and out:
#
#   docker build -t signalbox .
#   docker run -d --name signalbox --network host --restart unless-stopped \
#       -v /var/run/docker.sock:/var/run/docker.sock -v /var/lib/signalbox:/var/lib/signalbox \
#       -v /etc/signalbox:/etc/signalbox -v /run/signalbox:/run/signalbox signalbox

FROM debian:trixie-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends git maven openjdk-25-jdk-headless
WORKDIR /source
COPY pom.xml ./
COPY .mvn .mvn
COPY app app
COPY templates templates
RUN --mount=type=cache,target=/root/.m2 mvn --batch-mode --no-transfer-progress package -DskipTests

FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends openjdk-25-jre-headless \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /source/target/signalbox.jar /opt/signalbox/
COPY --from=build /source/target/lib /opt/signalbox/lib
COPY installer/signalbox /opt/signalbox/
ENTRYPOINT ["/opt/signalbox/signalbox"]
CMD ["serve"]
