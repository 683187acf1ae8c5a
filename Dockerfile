# Signalbox in a container. It needs the Docker socket, the network and the processes of the host (what containers listen on
# and use is read from /proc), and its data at the same path inside and out:
#
#   docker build -t signalbox .
#   docker run --rm -v /etc/signalbox:/etc/signalbox signalbox key create
#   docker run -d --name signalbox --network host --pid host --restart unless-stopped \
#       -v /var/run/docker.sock:/var/run/docker.sock -v /var/lib/signalbox:/var/lib/signalbox \
#       -v /etc/signalbox:/etc/signalbox -v /run/signalbox:/run/signalbox signalbox
#   docker exec signalbox signalbox setup-token
#
# What the installer does on the host is then yours to do: live-restore, limits on builds, the firewall, and the router's
# image (installer/images/build traefik:v3.7, or pulling it). See docs/INSTALL.md.

# The installer takes /signalbox out of this stage where the host has no JDK 25.
FROM debian:trixie-slim AS build
# Java's packages want to put manual pages where a slim image has no directory.
RUN mkdir -p /usr/share/man/man1 && apt-get update && \
    apt-get install -y --no-install-recommends git maven openjdk-25-jdk-headless && \
    ln -s /usr/lib/jvm/java-25-openjdk-* /usr/lib/jvm/signalbox
ENV JAVA_HOME=/usr/lib/jvm/signalbox
WORKDIR /source
COPY pom.xml ./
COPY .mvn .mvn
COPY app app
COPY templates templates
RUN --mount=type=cache,id=signalbox-maven,target=/root/.m2 mvn --batch-mode --no-transfer-progress package -DskipTests
COPY . .
RUN installer/pack /signalbox

FROM debian:trixie-slim
COPY --from=build /signalbox /opt/signalbox
RUN ln -s /opt/signalbox/signalbox /usr/local/bin/signalbox
ENTRYPOINT ["/opt/signalbox/signalbox"]
CMD ["serve"]
