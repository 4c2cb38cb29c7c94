@echo off
rem Drop a workbook on this file: a page opens on which sites without coordinates are placed.
setlocal
set SITING_DO=place
rem Without call, which would read the names of dropped files once more.
"%~dp0start.bat" %*
