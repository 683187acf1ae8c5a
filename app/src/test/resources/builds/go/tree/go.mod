module example.com/hello

go 1.27

require example.com/x v1.0.0
