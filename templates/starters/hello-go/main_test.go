package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestAnswersOnItsRoutesOnly(t *testing.T) {
	for path, want := range map[string]int{"/": 200, "/health": 200, "/other": 404} {
		answer := httptest.NewRecorder()
		routes().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
		if answer.Code != want {
			t.Errorf("%s: got %d, want %d", path, answer.Code, want)
		}
	}
}
