// A web server of nothing but the standard library.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer cancel()

	server := &http.Server{Addr: ":" + port(), Handler: routes(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		log.Printf("Listening on %s", server.Addr)
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()

	// A new version is live when this arrives: answer what is under way, take nothing new, then go.
	<-stop.Done()
	log.Print("SIGTERM: finishing open requests")
	patience, give := context.WithTimeout(context.Background(), 25*time.Second)
	defer give()
	if err := server.Shutdown(patience); err != nil {
		log.Fatal(err)
	}
	log.Print("All requests are answered, goodbye")
}

func routes() http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintln(w, "<!doctype html><title>Hello</title><h1>Hello from Go</h1>")
	})
	routes.HandleFunc("GET /health", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintln(w, `{"status":"ok"}`)
	})
	return routes
}

func port() string {
	if port := os.Getenv("PORT"); port != "" {
		return port
	}
	return "8080"
}
